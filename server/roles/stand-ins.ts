import { startKakao } from '../outside/stand-ins/kakao.ts'
import { startPsp } from '../outside/stand-ins/psp.ts'
import { openHealth, type RoleParts, type Running, runningOf } from './role.ts'

const refuseInProduction = ({ config }: RoleParts): void => {
  if (config.NODE_ENV === 'production') throw new Error('stand-ins are for development; set TOSS_URL and SOLAPI_URL to the real services')
}

/** Toss Payments, stood in for. */
export const runPsp = async (parts: RoleParts): Promise<Running> => {
  refuseInProduction(parts)
  const { config, clock, random, newId } = parts
  const psp = await startPsp({
    port: config.PSP_PORT,
    secretKey: config.TOSS_SECRET_KEY,
    now: () => clock.now(),
    random,
    newId,
    ...(config.STAND_IN_DIR === '' ? {} : { dataDir: config.STAND_IN_DIR }),
    ...(config.PSP_WEBHOOK_URL === '' ? {} : { webhookUrl: config.PSP_WEBHOOK_URL }),
  })
  return runningOf(psp, await openHealth(parts, () => true))
}

/** Solapi, stood in for. */
export const runKakao = async (parts: RoleParts): Promise<Running> => {
  refuseInProduction(parts)
  const { config, clock, random, newId } = parts
  const kakao = await startKakao({
    port: config.KAKAO_PORT,
    apiKey: config.SOLAPI_API_KEY,
    apiSecret: config.SOLAPI_API_SECRET,
    now: () => clock.now(),
    newId,
    random,
    ...(config.STAND_IN_DIR === '' ? {} : { dataDir: config.STAND_IN_DIR }),
    ...(config.KAKAO_WEBHOOK_URL === '' ? {} : { webhookUrl: config.KAKAO_WEBHOOK_URL }),
  })
  return runningOf(kakao, await openHealth(parts, () => true))
}
