import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const microsecondsPerTick = 10_000

/** CPU that processes have used, user and system, in microseconds. */
type CpuReading = {
  /** Of the threads that still run: exact. */
  running: number
  /** Of all threads, also those that have ended: rounded down to ticks, in two parts for each process. */
  rounded: number
  processes: number
}

/** CPU of all threads of some processes. */
export function readCpu(...pids: readonly number[]): CpuReading {
  const sum = (of: (pid: number) => number) => pids.reduce((total, pid) => total + of(pid), 0)
  return {
    running: sum((pid) => threadsOf(pid).reduce((total, { microseconds }) => total + microseconds, 0)),
    rounded: sum(roundedCpu),
    processes: pids.length,
  }
}

/** CPU between two readings. The rounded figure decides if threads have ended in between. */
export function cpuBetween(before: CpuReading, after: CpuReading): number {
  const rounding = 2 * microsecondsPerTick * after.processes
  return Math.max(after.running - before.running, after.rounded - before.rounded - rounding)
}

/** CPU of libuv's thread pool, which hashes passwords, in microseconds. */
export function poolCpu(pid: number): number {
  const pool = threadsOf(pid).filter(({ name }) => name === 'libuv-worker')
  return pool.reduce((total, { microseconds }) => total + microseconds, 0)
}

function threadsOf(pid: number): { name: string; microseconds: number }[] {
  const folder = `/proc/${pid}/task`
  return ifRunning([], () => readdirSync(folder)).map((thread) => {
    const name = textIfRunning(`${folder}/${thread}/comm`).trim()
    // The first field is the time on a CPU in nanoseconds.
    const [nanoseconds] = textIfRunning(`${folder}/${thread}/schedstat`).split(' ')
    return { name, microseconds: Number(nanoseconds) / 1000 }
  })
}

/** Processes and threads may end after they were listed. */
function ifRunning<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const textIfRunning = (file: string) => ifRunning('', () => readFileSync(file, 'utf8'))

function roundedCpu(pid: number): number {
  const stat = textIfRunning(`/proc/${pid}/stat`)
  if (stat === '') return 0
  // The name of the process is in parentheses and may contain any character.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick
}

/** A process and all its descendants. */
export function processTree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(processTree)]
}

/** The last process of a chain: npm starts a shell, which starts the server. */
export function lastDescendant(pid: number): number {
  return processTree(pid).at(-1) ?? pid
}

function childrenOf(pid: number): number[] {
  const children = textIfRunning(`/proc/${pid}/task/${pid}/children`).trim()
  return children === '' ? [] : children.split(' ').map(Number)
}

/** Resident memory in megabytes. */
export function residentMegabytes(pid: number): number {
  return statusOf(pid, 'VmRSS') / 1024
}

/** Resident memory without mapped files, in megabytes. */
export function anonymousMegabytes(pid: number): number {
  return statusOf(pid, 'RssAnon') / 1024
}

function statusOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1])
}

export function threadCount(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length
}

/** Maximum number of open files and connections of a process. */
export function openFileLimit(pid: number): number {
  const soft = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
  return Number(soft)
}
