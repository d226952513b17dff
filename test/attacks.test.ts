import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Scene } from '../attack/attack.ts'
import { attacks } from '../attack/attacks.ts'
import { openScene } from '../attack/scene.ts'

let scene: Scene & { close(): Promise<void> }

beforeEach(async () => {
  scene = await openScene()
})

afterEach(() => scene.close())

test.each(attacks)('$name is held, which wants $wants', async ({ play }) => {
  expect(await play(scene)).toMatch(/\w/)
})

test('there are twelve', () => {
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(12)
})
