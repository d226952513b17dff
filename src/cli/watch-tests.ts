import { watch } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../testing/project/project.ts'
import type { TestRun } from '../testing/run-tests.ts'
import type { TraceFolder } from '../testing/trace/trace-folder.ts'
import { WatchedProject } from '../testing/watched-project.ts'
import type { Terminal } from './target.ts'

/** Editors write a file in several steps. */
const settleMs = 20

/** Folders in which nothing that walks need changes. */
const isIgnored = (name: string) => /(^|[/\\])(node_modules|\.git|\.sidegate)([/\\]|$)/.test(name)

export type Watching = {
  folder: string
  paths: readonly string[]
  named: string | undefined
  traces: TraceFolder
  /** Ends the watch. */
  signal: AbortSignal
  terminal: Terminal
  /** Called when files have changed, and after their walks ran. */
  onChange(): void
  onRun(run: TestRun, project: Project): void
}

/** Runs walks again whenever files of the project change, until the signal. */
export async function watchTests({
  folder,
  paths,
  named,
  traces,
  signal,
  terminal,
  onChange,
  onRun,
}: Watching): Promise<void> {
  const isSelected = (title: string) => named === undefined || title.includes(named)
  const watched = new WatchedProject(folder, paths, {
    environment: terminal.environment,
    isSelected,
    traces,
  })
  const changed = new Set<string>()
  let wake = () => {}
  const watcher = watch(folder, { recursive: true, signal }, (_event, name) => {
    if (name === null || isIgnored(name)) return
    changed.add(join(folder, name))
    wake()
  })
  watcher.on('error', () => wake())
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    onRun(await watched.runAll(), watched.project)
    while (!signal.aborted) {
      if (changed.size === 0) {
        terminal.print('Waiting for changes. Press Ctrl+C to end.')
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        await new Promise((resolve) => setTimeout(resolve, settleMs))
      }
      if (signal.aborted) break
      const files = [...changed]
      changed.clear()
      onChange()
      onRun(await watched.changed(files), watched.project)
    }
  } finally {
    watcher.close()
    await watched.close()
  }
}
