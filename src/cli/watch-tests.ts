import type { Project } from '../testing/project/project.ts'
import type { TestRun } from '../testing/run-tests.ts'
import type { TraceFolder } from '../testing/trace/trace-folder.ts'
import { WatchedFolder } from '../testing/watched-folder.ts'
import { WatchedProject } from '../testing/watched-project.ts'
import type { Terminal } from './target.ts'

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
  try {
    const watcher = new WatchedFolder(folder, signal, (problem) => terminal.warn(problem))
    onRun(await watched.runAll(), watched.project)
    while (!signal.aborted) {
      if (watcher.isQuiet) terminal.print('Waiting for changes. Press Ctrl+C to end.')
      const files = await watcher.next()
      if (files.length === 0) continue
      onChange()
      onRun(await watched.changed(files), watched.project)
    }
  } finally {
    await watched.close()
  }
}
