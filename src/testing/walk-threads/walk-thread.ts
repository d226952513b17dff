import { parentPort, workerData } from 'node:worker_threads'
import { Coverage } from '../coverage/coverage.ts'
import { type LoadedWalkFile, loadWalkFile } from '../project/walk-files.ts'
import { Tester } from '../run-walk.ts'
import { WorldHosts } from '../world/world-host.ts'
import type { FromThread, ThreadData, ToThread } from './messages.ts'

/** Runs walks that the main thread names, one at a time. */
function serve(
  port: NonNullable<typeof parentPort>,
  { project, environment, isCovered, traces }: ThreadData,
): void {
  const hosts = new WorldHosts(1)
  const coverage = isCovered ? new Coverage(project.bundle) : undefined
  const tester = new Tester(project, { hosts, environment, cover: coverage?.scripts, traces })
  const files = new Map<string, LoadedWalkFile>()

  async function fileNamed(name: string): Promise<LoadedWalkFile> {
    const known = files.get(name) ?? (await loadWalkFile(name))
    if (Array.isArray(known)) throw new Error(`${name} has changed`)
    files.set(name, known)
    return known
  }

  async function answerTo(message: ToThread): Promise<FromThread> {
    if (message.kind === 'walk') {
      return { kind: 'result', result: await tester.run(await fileNamed(message.file), message.index) }
    }
    const covered = (await coverage?.scripts.report()) ?? []
    await tester.close()
    await coverage?.close()
    await hosts.close()
    return { kind: 'ended', covered }
  }

  port.on('message', (message: ToThread) => {
    answerTo(message).then(
      (answer) => port.postMessage(answer),
      // The main thread gets the error as an event, and ends.
      (error: unknown) =>
        setImmediate(() => {
          throw error
        }),
    )
  })
}

if (parentPort !== null) serve(parentPort, workerData)
