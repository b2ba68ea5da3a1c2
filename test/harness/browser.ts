import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { expect } from 'chai'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const
/** `BAEDAL_CHROMIUM` names one that is elsewhere. */
const found = [
  process.env.BAEDAL_CHROMIUM ?? '',
  ...(process.env.PATH ?? '').split(delimiter).flatMap(dir => NAMES.map(name => join(dir, name))),
].find(path => path !== '' && existsSync(path))

/** Stories in a real browser; where there is none, one line says so. */
export const describeInBrowser = (name: string, tests: (this: Mocha.Suite) => void): void => {
  if (found !== undefined) describe(name, tests)
  else process.stderr.write(`left out, for there is no Chromium on PATH (apt-get install chromium): ${name}\n`)
}

/** Nothing in the background, no GPU: a map is drawn by the processor. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ headless: true, args: FLAGS, ...(found ? { executablePath: found } : {}) })

/** As they are held: a phone upright, a tablet on its side, a desk's screen. CSS pixels, drawn one for one: a map is drawn by the processor. */
export const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 },
  tablet: { viewport: { width: 1280, height: 800 }, hasTouch: true, isMobile: false, deviceScaleFactor: 1 },
  desk: { viewport: { width: 1280, height: 800 }, hasTouch: false, isMobile: false, deviceScaleFactor: 1 },
} as const

/** What a page has complained of: an exception, an error in its console, a policy that was broken. It must stay empty. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !/net::ERR_|Failed to load resource|WebSocket connection/.test(message.text()))
      complaints.push(message.text())
  })
  return complaints
}

/** One person's device, in Seoul, at a place in Gangnam. */
export const openDevice = (
  browser: Browser,
  baseURL: string,
  device: keyof typeof DEVICES,
  more: BrowserContextOptions = {},
): Promise<BrowserContext> =>
  browser.newContext({
    ...DEVICES[device],
    ...more,
    baseURL,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    geolocation: { latitude: 37.5005, longitude: 127.0368 },
    permissions: ['geolocation'],
  })

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** By axe, all rules of WCAG 2.2 A and AA. @throws AssertionError that names what is wrong with which element */
export const expectAccessible = async (page: Page): Promise<void> => {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(AXE) // not as a script of the page: its policy allows none
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(context: object, options: object): Promise<{ violations: unknown[] }> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // What was read out lately stays for 7 s in the announcer of React Aria, and may name a button that has gone.
    return (
      await axe.run({ exclude: [['[data-live-announcer]']] }, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    ).violations
  })
  const told = (violations as readonly Violation[]).map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(told, page.url()).to.deep.equal([])
}
