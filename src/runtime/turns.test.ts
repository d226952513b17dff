import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('requests take turns by key, in their order', async () => {
  const turns = new Turns()
  const order: string[] = []
  const end = await turns.take('alex')
  const waiting = ['first', 'second'].map(async (name) => {
    const endOwn = await turns.take('alex')
    order.push(`${name} begins`)
    await undefined
    order.push(`${name} ends`)
    endOwn()
  })
  await (await turns.take('sam'))()
  expect(order).toEqual([])
  end()
  await Promise.all(waiting)
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  await (await turns.take('alex'))()
})
