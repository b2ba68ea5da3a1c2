import type { Words } from '../../web/language.tsx'

interface RiderWords {
  readonly title: string
  who(name: string): string
  readonly someone: string
  readonly map: string
  readonly store: string
  readonly door: string
  readonly rider: string
  far(distance: string): string
  readonly live: string
  stale(time: string): string
  hidden(time: string): string
  readonly unknown: string
}

export const RIDER_WORDS: Words<RiderWords> = {
  ko: {
    title: '라이더',
    who: name => `${name} 라이더가 맡았어요`,
    someone: '라이더가 배달을 맡았어요',
    map: '가게, 배달 받을 곳, 라이더의 위치를 보여 주는 지도',
    store: '가게',
    door: '우리 집',
    rider: '라이더',
    far: distance => `배달 받을 곳까지 직선거리 ${distance}`,
    live: '라이더 위치를 실시간으로 보고 있어요.',
    stale: time => `라이더 위치가 ${time} 이후로 갱신되지 않았어요. 지도는 마지막 위치예요.`,
    hidden: time => `${time} 이후로 라이더 위치를 알 수 없어 지도에서 숨겼어요. 배달은 계속되고 있어요.`,
    unknown: '라이더 위치를 기다리고 있어요.',
  },
  en: {
    title: 'Rider',
    who: name => `${name} delivers it`,
    someone: 'A rider delivers it',
    map: 'A map of the store, your door and the rider',
    store: 'Store',
    door: 'You',
    rider: 'Rider',
    far: distance => `${distance} from you, as the crow flies`,
    live: 'This is where the rider is now.',
    stale: time => `The rider’s position is from ${time} and has not been updated since.`,
    hidden: time => `The rider’s position has not been known since ${time}, so it is hidden. The delivery goes on.`,
    unknown: 'Waiting for the rider’s position.',
  },
}
