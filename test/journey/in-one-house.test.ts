/** The journeys through a house that has no settings of its own, told by one process as the needs are: see test/needs/in-one-house.test.ts. */
import './order.test.ts'
import './client.test.ts'
import './inbox.test.ts'
import './store-side.test.ts'
import './restarts.test.ts'
