import { expect, test } from 'vitest'
import type { Session } from '../sessions/session.ts'
import { satisfiedBy } from './contexts.ts'
import { contextsAnnounced } from './endpoints.ts'

const gold = [{ acr: 'gold', journey: 'Strong' }]
const session = { properties: { Service: 'Login' } } as unknown as Session
const asked = (...acrs: string[]) => ({ acrs, isEssential: false })

test('every session has the context 0, and nobody without a session', () => {
  expect(satisfiedBy(session, asked('gold', '0'), gold)).toBe('0')
  expect(satisfiedBy(undefined, asked('0'), gold)).toBeUndefined()
})

test('a realm that gives 0 a journey decides itself who has it', () => {
  const own = [{ acr: '0', journey: 'Strong' }]
  expect(satisfiedBy(session, asked('0'), own)).toBeUndefined()
  expect(contextsAnnounced(own)).toEqual(['0'])
})
