import { BOOK_STREAMS } from './books.ts'
import { tellContract } from './tell.contract.ts'
import { memoryWorld, natsWorld } from './worlds.ts'

tellContract('memory', memoryWorld(BOOK_STREAMS))
tellContract('nats', natsWorld(BOOK_STREAMS))
