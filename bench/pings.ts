import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHouse } from '../config/runtime/house.ts'
import type { Figures } from './report.ts'
import type { BenchFlags } from './run.ts'
import { measurePings, type PingsScale } from './trade/pings.ts'

/** A rider reports every 4 s: these are as many as 48,000 riders send. */
const FULL: PingsScale = { towns: 100, riders: 20, perS: 12_000, warmMs: 5_000, measureMs: 30_000 }
const QUICK: PingsScale = { towns: 3, riders: 5, perS: 500, warmMs: 500, measureMs: 2_000 }

/** Riders' positions by the second through one gateway of a whole house, the load included. */
export const bench = async ({ quick }: BenchFlags): Promise<Figures> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-pings-'))
  const house = await openHouse({ dataDir, port: 0, seed: false, onProgress: line => console.log(line), env: profiling() })
  try {
    return await measurePings(house, quick ? QUICK : FULL)
  } finally {
    await house.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** `BENCH_PROFILE=pings` writes a CPU profile of every process of ours beside the figures. */
const profiling = (): Record<string, string> =>
  process.env.BENCH_PROFILE === 'pings' ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(import.meta.dirname, 'out/profiles')}` } : {}
