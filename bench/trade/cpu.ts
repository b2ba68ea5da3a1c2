import { readdir, readFile } from 'node:fs/promises'

/** Of each process by name, and of the whole machine, since they began. Milliseconds of user and system. */
export interface Cpu {
  readonly processes: Readonly<Record<string, number>>
  readonly machineMs: number
}

/** The kernel counts in hundredths of a second wherever Node runs. */
const TICK_MS = 10

/** @param pids by name; children that these started are counted with them, as PostgreSQL's backends */
export const readCpu = async (pids: Readonly<Record<string, number>>): Promise<Cpu> => {
  const all = await Promise.all((await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(readProcess))
  const found = all.filter(process => process !== undefined)
  const totalOf = (pid: number): number =>
    found.filter(each => each.pid === pid || each.parent === pid).reduce((sum, { ownMs }) => sum + ownMs, 0) +
    (found.find(each => each.pid === pid)?.deadChildrenMs ?? 0)
  return {
    processes: Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, totalOf(pid)])),
    machineMs: await readMachine(),
  }
}

interface ProcessCpu {
  readonly pid: number
  readonly parent: number
  readonly ownMs: number
  /** Of children that have ended. */
  readonly deadChildrenMs: number
}

const readProcess = async (pid: string): Promise<ProcessCpu | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined) // it has ended
  if (stat === undefined) return undefined
  // The name in brackets may hold spaces; what follows it does not. Counted from there: 1 is the parent, 11…14 the times.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const ticks = (...at: number[]) => at.reduce((sum, i) => sum + (fields[i] ?? 0), 0)
  return { pid: Number(pid), parent: fields[1] ?? 0, ownMs: ticks(11, 12) * TICK_MS, deadChildrenMs: ticks(13, 14) * TICK_MS }
}

/** All but idling and waiting for disks, whoever did it. */
const readMachine = async (): Promise<number> => {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.trim().split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq) * TICK_MS
}
