import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuleRow } from './security-page.ts'

const root = join(import.meta.dirname, '..', '..')

/** Tests of a fault, the cheapest first: the next stage runs only if the one before notices nothing. */
export type Stage = { files: string[]; names: string[]; isBuilt: boolean }

const contracts = 'src/store/sqlite/contracts.test.ts'

/** The test beside the file, then the tests that SECURITY.md names for the rule. */
export function stagesFor(file: string, { tests }: Pick<RuleRow, 'tests'>): Stage[] {
  const beside = file.replace(/\.(tsx?|js)$/, '.test.ts')
  const all = [
    ...(existsSync(join(root, beside)) ? [beside] : []),
    ...tests.filter((path) => path !== beside),
  ]
  const ofContracts = all.filter((path) => path.includes('/contract/'))
  const files = all.filter((path) => !ofContracts.includes(path))
  const isUnit = (path: string) => !path.startsWith('test/')
  const isBrowser = (path: string) => path.startsWith('test/browser/')
  return [
    { files: files.filter(isUnit), names: [], isBuilt: false },
    {
      files: ofContracts.length > 0 ? [contracts] : [],
      names: ofContracts.flatMap(groupsOf),
      isBuilt: false,
    },
    { files: files.filter((path) => !isUnit(path) && !isBrowser(path)), names: [], isBuilt: false },
    { files: files.filter(isBrowser), names: [], isBuilt: true },
  ].filter((stage) => stage.files.length > 0)
}

/** Names of the groups of tests in a contract. */
function groupsOf(contract: string): string[] {
  const text = readFileSync(join(root, contract), 'utf8')
  return [...text.matchAll(/^ {2}describe\('([^']+)'/gm)].map(([, name = '']) => name)
}
