import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Json } from '../../../src/base/json.ts'
import { changed, torn } from '../oddities.ts'
import type { Target } from '../target.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Exports in several formats. */
const files: Json[] = globSync(['samples/alpha/journeys/*.json', 'test/fixtures/exchange/*.json'], {
  cwd: root,
}).map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Json)

/** Exports with random changes. */
export const imports: Target = {
  name: 'imports',
  property: (world) =>
    fc.asyncProperty(
      fc
        .constantFrom(...files)
        .chain((file) =>
          fc.oneof(
            { weight: 6, arbitrary: changed(file).map((json) => JSON.stringify(json)) },
            { weight: 1, arbitrary: torn(JSON.stringify(file)) },
          ),
        ),
      fc.boolean(),
      async (body, isDry) => {
        const path = `/am/json/realms/root/realms/alpha/journeys?_action=import&dryRun=${isDry}`
        const headers = { iplanetdirectorypro: await world.administrator() }
        await world.ask({ method: 'POST', path, headers, body })
      },
    ),
}
