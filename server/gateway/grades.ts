import type { Stored } from '../../actors/log.ts'
import { outSubject } from '../../actors/subjects.ts'
import type { GradeAnnouncement } from '../../machines/customer.ts'
import type { GradeRaised } from '../contract/pushes.ts'
import type { Hold, Interest } from './interest.ts'

/** Each time that this customer's grade rises, from now on. */
export const followGrade = (grades: Interest<Stored<GradeAnnouncement>>, customerId: string, tell: (raised: GradeRaised) => void): Hold =>
  grades.hold(outSubject('grade', [customerId]), ({ body: { grade, completedOrders } }) => tell({ grade, completedOrders }))
