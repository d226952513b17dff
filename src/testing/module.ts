import { systemOutside } from '../server/outside.ts'
import { openProject, type Project, projectFolderOf } from './project/project.ts'
import { parsedWalks } from './project/walk-files.ts'
import { failureText } from './report/failure-text.ts'
import { Tester } from './run-walk.ts'
import { WorldHosts } from './world/world-host.ts'

// The module `sidegate/test`: walks in any test runner. `bin/test.d.ts` has its types.

export { totp } from './totp.ts'

type Opened = { project: Project; tester: Tester }

const opened = new Map<string, Opened>()
let hosts: WorldHosts | undefined

/**
 * Runs walks in the format of walk files. Values may be functions.
 * @param options `project`: the folder of the project. Default: the nearest one around the current folder.
 * @throws Error that describes the first walks that fail or can't be played.
 */
export async function walk(file: unknown, options: { project?: string } = {}): Promise<void> {
  const { project, tester } = open(options.project ?? '.')
  const loaded = parsedWalks('walk()', file)
  if (Array.isArray(loaded)) throw new Error(loaded.map(({ message }) => message).join('\n'))
  const texts: string[] = []
  for (const index of loaded.content.walks.keys()) {
    const result = await tester.run(loaded, index)
    if (result.status === 'failed' || result.status === 'broken') texts.push(failureText(result, project))
  }
  if (texts.length > 0) throw new Error(texts.join('\n\n'))
}

/** Opens each project once. Temporary files are removed when the process ends. */
function open(path: string): Opened {
  const folder = projectFolderOf(path)
  const existing = opened.get(folder)
  if (existing !== undefined) return existing
  hosts ??= new WorldHosts()
  const project = openProject(folder)
  const tester = new Tester(project, { hosts, environment: systemOutside.environment })
  opened.set(folder, { project, tester })
  return { project, tester }
}
