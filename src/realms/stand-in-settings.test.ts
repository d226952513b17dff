import { expect, test } from 'vitest'
import { standInsSchema } from './stand-in-settings.ts'

const problemsOf = (takes: string[]) => {
  const declared = { type: 'RESTNode', does: 'hook', url: 'https://hook.example.com/', takes }
  return (standInsSchema.safeParse([declared]).error?.issues ?? []).map(({ message }) => message)
}

test.each(['oneTimePassword', 'web-authn-challenge', 'thing.isRestricted', 'transactionId', 'recoveryCodes'])(
  'a hook can’t set %s, by which nodes check a proof',
  (key) => {
    expect(problemsOf(['score', key])).toEqual(['must not be a key of a proof'])
  },
)

test('a hook can set other keys', () => {
  expect(problemsOf(['score', 'username'])).toEqual([])
})
