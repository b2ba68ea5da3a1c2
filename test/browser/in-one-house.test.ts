/** The stories of the apps that share a house and a browser, told by one process; each is a file that can be told by itself, too. */
import './apps.test.ts'
import './customer.test.ts'
import './rider.test.ts'
import './store.test.ts'
