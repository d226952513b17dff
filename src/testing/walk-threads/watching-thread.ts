import { parentPort, workerData } from 'node:worker_threads'
import { walkKey } from '../project/walk-files.ts'
import { failureText, headline, titleOf } from '../report/failure-text.ts'
import type { TestRun } from '../run-tests.ts'
import { WatchedProject } from '../watched-project.ts'

export type WatchingData = {
  watched: { folder: string; environment: Readonly<Record<string, string | undefined>> }
}

/** Changed files; all walks run without them. */
export type ToWatching = { files: readonly string[] | undefined }

/** Results of the walks that ran. `text`: why one did not pass. */
export type FromWatching = {
  /** The keys of all walks that exist. */
  walks: string[]
  results: { key: string; title: string; text: string | undefined }[]
  problems: { title: string; text: string }[]
}

/** Runs the walks of a project whenever the main thread names changed files, one run at a time. */
function serve(
  port: NonNullable<typeof parentPort>,
  { watched: { folder, environment } }: WatchingData,
): void {
  const project = new WatchedProject(folder, [], { environment, isSelected: () => true })
  let last: Promise<unknown> = Promise.resolve()
  port.on('message', ({ files }: ToWatching) => {
    last = last.then(async () => {
      const run = await (files === undefined ? project.runAll() : project.changed(files))
      port.postMessage(told(run))
    })
    // The main thread gets the error as an event.
    last.catch((error: unknown) =>
      setImmediate(() => {
        throw error
      }),
    )
  })

  function told({ results, problems }: TestRun): FromWatching {
    return {
      walks: [...project.walks],
      results: results.map((result) => ({
        key: walkKey(result),
        title: titleOf(result),
        text:
          result.status === 'passed' || result.status === 'skipped'
            ? undefined
            : failureText(result, project.project).slice(headline(result).length).replace(/^\n/, ''),
      })),
      problems: problems.map(({ file, line, message }) => ({
        title: file === folder ? 'The walks wait for the project' : `${file}:${line}`,
        text: message,
      })),
    }
  }
}

if (parentPort !== null) serve(parentPort, workerData)
