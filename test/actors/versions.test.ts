import { LAMP_STREAMS } from './lamp.ts'
import { versionsContract } from './versions.contract.ts'
import { memoryWorld, natsWorld } from './worlds.ts'

versionsContract('memory', memoryWorld(LAMP_STREAMS))
versionsContract('nats', natsWorld(LAMP_STREAMS))
