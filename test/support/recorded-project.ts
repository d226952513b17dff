import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordCommand } from '../../src/cli/record-command.ts'
import { testCommand } from '../../src/cli/test-command.ts'
import { projectOf } from './project-folder.ts'

/** A copy of the samples without their walks, in which recordings are written. */
export function recordingProject() {
  const folder = projectOf({
    'sidegate.yaml': 'settings: alpha/settings.json\ntests: tests\nconfiguration: [alpha, custom-nodes]\n',
  })
  for (const part of ['alpha', 'custom-nodes'])
    cpSync(join('samples', part), join(folder, part), { recursive: true })
  const lines: string[] = []
  const terminal = {
    print: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    environment: {} as NodeJS.ProcessEnv,
  }
  const run = async (...args: string[]) => {
    const isGood = await recordCommand(args, terminal, { folder })
    return { isGood, output: lines.join('\n') }
  }
  return {
    folder,
    run,
    output: () => lines.join('\n'),
    /** Records through the proxy until the work is done. @param work gets the address of the proxy. */
    async through(
      serverUrl: string,
      journey: string,
      work: (url: string) => Promise<void>,
    ): Promise<boolean> {
      const controller = new AbortController()
      const listening = Promise.withResolvers<string>()
      const print = (text: string) => {
        lines.push(text)
        const [, url] = /SDK +(\S+)/.exec(text) ?? []
        if (url !== undefined) listening.resolve(url)
      }
      const options = { folder, signal: controller.signal }
      const done = recordCommand([journey, '--at', serverUrl], { ...terminal, print }, options)
      try {
        await Promise.race([listening.promise.then(work), done])
      } finally {
        controller.abort()
      }
      return done
    },
    /** Everything that was written. */
    written: () =>
      readdirSync(join(folder, 'tests'))
        .map((name) => readFileSync(join(folder, 'tests', name), 'utf8'))
        .join('\n'),
    test: async () => ({ status: await testCommand([folder], terminal), output: lines.join('\n') }),
  }
}
