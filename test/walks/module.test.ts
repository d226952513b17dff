import { expect, test } from 'vitest'
import type { z } from 'zod'
import type * as published from '../../bin/test.d.ts'
import * as module from '../../src/testing/module.ts'
import { type actionSchema, stepSchemas, type walkFileSchema } from '../../src/testing/walk-file.ts'
import { login, projectFolder } from '../support/walk-project.ts'

// The published types describe the module.
const { walk }: typeof published = module

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false
type Parsed = z.input<typeof walkFileSchema>
type ParsedWalk = Parsed['walks'][number]
// Without what YAML alone needs.
type Members = {
  file: Same<keyof published.WalkFile, Exclude<keyof Parsed, 'begin'>>
  walk: Same<keyof published.Walk, Exclude<keyof ParsedWalk, 'generated'>>
  action: Same<keyof published.Action, keyof z.input<typeof actionSchema>>
  mail: Same<keyof published.ExpectedMail, keyof NonNullable<ParsedWalk['mail']>[number]>
  party: Same<keyof published.Party, keyof NonNullable<Parsed['parties']>[string]>
  stubs: [NonNullable<published.WalkFile['stub']>[string]] extends [NonNullable<Parsed['stub']>[string]]
    ? true
    : false
}

test('the published types of walks have the members that walks are parsed with', () => {
  const members: Members = { file: true, walk: true, action: true, mail: true, party: true, stubs: true }
  expect(Object.values(members)).not.toContain(false)
})

test('the published types of walks have every kind of step', () => {
  const steps: published.Step[] = [
    { mail: {} },
    { request: { to: 'alex' } },
    { update: { alex: 'deleted' } },
    { approve: { as: 'lena' } },
    { decline: { as: 'lena', reason: 'no ticket' } },
    { wait: '6m' },
  ]
  const [, ...schemas] = stepSchemas
  expect(schemas).toHaveLength(steps.length)
  for (const [place, schema] of schemas.entries())
    expect(schema.safeParse(steps[place]).error).toBeUndefined()
})

const alex = { alex: { mail: 'alex@example.com' } }

test('runs walks in another test runner, with functions as answers', async () => {
  const project = projectFolder({ 'Login.json': login })
  const asked: (string | undefined)[] = []
  await walk(
    {
      journey: 'Login',
      people: alex,
      walks: [
        {
          it: 'signs in',
          steps: [
            {
              answer: {
                NameCallback({ page }) {
                  asked.push(page?.callbacks[0]?.type)
                  return 'alex'
                },
              },
            },
            { answer: { PasswordCallback: '${alex.password}' }, ends: 'success' },
          ],
        },
      ],
    },
    { project },
  )
  expect(asked).toEqual(['NameCallback'])
})

test('throws the text of a walk that fails', async () => {
  const project = projectFolder({ 'Login.json': login })
  const failing = walk(
    { journey: 'Login', walks: [{ it: 'signs in', steps: [{ answer: {} }], ends: 'success' }] },
    { project },
  )
  await expect(failing).rejects.toThrow(/FAIL .* Login › signs in[\s\S]*expected {2}success/)
})

test('throws the text of a function that fails, and goes on with the other walks', async () => {
  const project = projectFolder({ 'Login.json': login })
  const step = {
    answer: {
      NameCallback() {
        throw new TypeError('no page')
      },
    },
  }
  const walks = [
    { it: 'fails', steps: [step] },
    { it: 'fails, too', steps: [{ asks: 'Nothing' }] },
  ]
  await expect(walk({ journey: 'Login', walks }, { project })).rejects.toThrow(
    /an error in its function: no page[\s\S]*fails, too/,
  )
})

test('throws what is wrong with walks that can’t be read', async () => {
  const project = projectFolder({ 'Login.json': login })
  const unreadable = { journey: 'Login', walks: [{ it: 'x', stps: [] }] }
  await expect(module.walk(unreadable, { project })).rejects.toThrow(
    "'stps' is unknown. Did you mean 'steps'?",
  )
})
