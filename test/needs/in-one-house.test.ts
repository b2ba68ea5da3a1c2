/**
 * The stories that share a house, told by one process: mocha gives each file to a process, and each would open the house anew, eight seconds of a
 * core. Every story is a file that can be told by itself, too. Need 19 is the last, for it leaves the provider's breakers in whatever state.
 */
import './01-one-tap.test.ts'
import './02-lost-answer.test.ts'
import './03-webhooks.test.ts'
import './06-slept.test.ts'
import './07-storm.test.ts'
import './12-no-skipping.test.ts'
import './13-cancel-or-cook.test.ts'
import './14-closed.test.ts'
import './15-one-total.test.ts'
import './17-never-starve.test.ts'
import './18-history.test.ts'
import './19-outages.test.ts'
