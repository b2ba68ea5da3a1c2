import type { Words } from '../../web/language.tsx'

interface PinWords {
  readonly title: string
  readonly counts: string
  readonly map: string
  nearest(store: string, distance: string): string
  readonly nothingNear: string
  readonly here: string
  readonly found: string
  readonly denied: string
  readonly failed: string
  readonly unmoved: string
  readonly saveAnyway: string
}

export const PIN_WORDS: Words<PinWords> = {
  ko: {
    title: '핀 위치',
    counts: '배달은 이 핀의 자리로 가요. 주소를 글자로 바꿔도 핀은 움직이지 않으니, 지도를 밀어 핀을 문 앞에 맞춰 주세요.',
    map: '배달 받을 곳을 고르는 지도. 화살표 키로도 움직여요.',
    nearest: (store, distance) => `핀에서 가장 가까운 가게: ${store} · ${distance}`,
    nothingNear: '핀에서 3 km 안에는 가게가 없어요.',
    here: '현재 위치로 맞추기',
    found: '현재 위치로 맞췄어요. 주소도 확인해 주세요.',
    denied: '위치 권한이 꺼져 있어요. 브라우저 설정에서 켜거나, 지도에서 골라 주세요.',
    failed: '지금은 위치를 알 수 없어요. 지도에서 골라 주세요.',
    unmoved: '주소는 바뀌었는데 핀은 그대로예요. 핀이 새 주소의 문 앞에 있나요?',
    saveAnyway: '핀이 맞아요 · 이 주소로 받기',
  },
  en: {
    title: 'The pin',
    counts: 'We deliver to this pin. Typing another address does not move it: drag the map until the pin is at your door.',
    map: 'A map to choose where it is brought. The arrow keys move it, too.',
    nearest: (store, distance) => `Nearest store to the pin: ${store} · ${distance}`,
    nothingNear: 'No store within 3 km of the pin.',
    here: 'Use where I am',
    found: 'Set to where you are. Check the address, too.',
    denied: 'The browser may not tell your position. Allow it in its settings, or choose it on the map.',
    failed: 'Your position is not known just now. Choose it on the map.',
    unmoved: 'The address has changed and the pin has not. Is the pin at the door of the new address?',
    saveAnyway: 'The pin is right · deliver here',
  },
}
