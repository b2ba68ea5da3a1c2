/** The stories of riders, which share a house with three hosts and short windows; see in-one-house.test.ts. */
import './08-stale-positions.test.ts'
import './09-late-positions.test.ts'
import './10-one-claim.test.ts'
import './11-waiting-deliveries.test.ts'
