import { expect, test } from 'vitest'
import { attacks } from '../../quality/attack/attacks.ts'
import { playAttack } from '../../quality/attack/scene.ts'

test.each(attacks.filter(({ measuresTime }) => measuresTime))('prevents $name', async (attack) => {
  expect(await playAttack(attack)).toMatch(/\w/)
})
