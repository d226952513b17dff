import { expect, test } from 'vitest'
import { attacks } from '../../quality/attack/attacks.ts'
import { playAttack } from '../../quality/attack/scene.ts'

test.each(attacks.filter(({ measuresTime }) => !measuresTime))('prevents $name', async (attack) => {
  expect(await playAttack(attack)).toMatch(/\w/)
})

test('there are at least 20 attacks with unique names', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(20)
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
})
