import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openProject, projectFolderOf } from '../testing/project/project.ts'
import { settingsJsonSchema, walkJsonSchema } from '../testing/walk-schema.ts'
import type { Terminal } from './target.ts'
import { parsing } from './usage-error.ts'

const options = { out: { type: 'string' }, settings: { type: 'boolean', default: false } } as const

/**
 * `sidegate schema [FOLDER]`: prints the JSON Schema of the project's walk files, or with `--settings` that of `sidegate.yaml`, or
 * writes it to a file.
 * @throws OperationError for a project that can't be read.
 */
export function schemaCommand(args: string[], terminal: Terminal): void {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const schema = values.settings
    ? settingsJsonSchema()
    : walkJsonSchema(openProject(projectFolderOf(positionals[0] ?? '.')))
  const text = JSON.stringify(schema, null, 2)
  if (values.out === undefined) terminal.print(text)
  else writeFileSync(values.out, `${text}\n`)
}
