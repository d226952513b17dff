import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../store/sqlite/temporary-folder.ts'
import { projectSchema } from '../testing/project/project.ts'
import { peopleOfWalks } from './dev-people.ts'

const settings = { ...projectSchema.parse({}), settings: {} }
const values = { kept: { made: 'made-value' }, secrets: { ZOE_MAIL: 'zoe@example.com' } }

test('fills people, names those with unknown values, and leaves out files that can’t be read', async () => {
  const folder = temporaryFolder()
  const people = `
  zoe: { mail: "\${secret:ZOE_MAIL}", description: "\${made}" }
  mia: { mail: "\${secret:NONE}" }`
  writeFileSync(join(folder, 'b.walk.yaml'), `journey: Login\npeople: ${people}\nwalks: [{ it: asks }]\n`)
  symlinkSync(join(folder, 'nowhere'), join(folder, 'a.walk.yaml'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'a.walk.ts'))
  mkdirSync(join(folder, 'c.walk.yaml'))
  expect(await peopleOfWalks({ folder, settings }, values)).toEqual({
    people: { zoe: { mail: 'zoe@example.com', description: 'made-value' } },
    problems: [expect.stringMatching(/^The person mia cannot be created: \$\{secret:NONE\} is unknown/)],
  })
})
