import { expect, test } from 'vitest'
import { attacks } from '../../quality/attack/attacks.ts'
import { openScene } from '../../quality/attack/scene.ts'

test.each(attacks)('prevents $name', async (attack) => {
  const scene = await openScene(attack)
  try {
    expect(await attack.play(scene)).toMatch(/\w/)
  } finally {
    await scene.close()
  }
})

test('there are at least 20 attacks with unique names', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(20)
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
})
