import { readFlags, type Wish } from './flags.ts'
import { type House, openHouse } from './house.ts'
import { Problem, problemOf } from './problem.ts'
import { type Facts, languageOf, say, type TextKey } from './texts.ts'

/** npm passes a Ctrl-C on to us though the terminal has sent it already: two within this time are one. */
const ONE_CTRL_C_MS = 500
const NPM_LOOK_MS = 500
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const language = languageOf(process.env)
const note = (line: string): void => void process.stderr.write(`${line}\n`)
const tell = (key: TextKey, facts?: Facts): void => note(say(language, key, facts))

/** Says what is wrong in one line and ends. */
const giveUp = (problem: Problem, code: 1 | 2): never => {
  tell(problem.key, problem.facts)
  process.exit(code)
}

const wish = (): Wish => {
  try {
    return readFlags(process.argv.slice(2), process.env)
  } catch (error) {
    return giveUp(problemOf(error, '.'), 2)
  }
}

/** The terminal may be gone before we are; what nobody reads must not end us in disorder. */
const surviveClosedPipes = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** npm may be killed without a chance to tell us: a house whose npm is gone has nobody left to stop it. */
const endWithNpm = (end: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    end()
  }, NPM_LOOK_MS)
  watch.unref()
}

const start = async (asked: Extract<Wish, { kind: 'start' }>): Promise<void> => {
  const ending = new AbortController()
  let house: House | undefined
  let firstAtMs: number | undefined
  const onSignal = (): void => {
    if (firstAtMs === undefined) {
      firstAtMs = performance.now()
      tell('stopping')
      ending.abort()
      if (house) void house.stop().then(() => end())
    } else if (performance.now() - firstAtMs > ONE_CTRL_C_MS) {
      process.exit(1) // the house kills its processes when we exit
    }
  }
  const end = (): void => {
    tell('stopped')
    process.exit(0)
  }
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  endWithNpm(onSignal)

  const { kind: _, ...options } = asked
  try {
    house = await openHouse({ ...options, apps: true, language, onProgress: note, signal: ending.signal })
  } catch (error) {
    if (ending.signal.aborted) return end()
    return giveUp(problemOf(error, asked.dataDir), 1)
  }
  if (ending.signal.aborted) return void house.stop().then(end) // it came in the last moment
  const { url, natsUrl, databaseUrl, standIns, dir } = house
  if (asked.serversOnly) {
    tell('serversScreen', { natsUrl: withoutUser(natsUrl), databaseUrl: withoutPassword(databaseUrl), dir: dir.path, logs: dir.logs })
    process.stdout.write('ready\n')
    return
  }
  tell('screen', {
    url,
    natsUrl: withoutUser(natsUrl),
    databaseUrl: withoutPassword(databaseUrl),
    ...standIns,
    dir: dir.path,
    logs: dir.logs,
  })
  process.stdout.write(`ready ${url}\n`)
}

const withoutUser = (url: string): string => url.replace(/(:\/\/)[^@/]*@/g, '$1').replace(/\/(?=,|$)/g, '')
const withoutPassword = (url: string): string => url.replace(/(:\/\/[^:/@]+):[^@/]*@/, '$1@')

surviveClosedPipes()
if (Number(process.versions.node.split('.')[0]) < 24) giveUp(new Problem('nodeTooOld', { version: process.versions.node }), 1)
const asked = wish()
if (asked.kind === 'help') process.stdout.write(say(language, 'help'))
else await start(asked)
