import { KETTLE_STREAMS } from './kettle.ts'
import { runtimeContract } from './runtime.contract.ts'
import { memoryWorld, natsWorld } from './worlds.ts'

runtimeContract('memory', memoryWorld(KETTLE_STREAMS))
runtimeContract('nats', natsWorld(KETTLE_STREAMS))
