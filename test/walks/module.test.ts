import { expect, test } from 'vitest'
import type * as published from '../../bin/test.d.ts'
import * as module from '../../src/testing/module.ts'
import { login, projectFolder } from '../support/walk-project.ts'

// The published types describe the module.
const { walk }: typeof published = module

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
