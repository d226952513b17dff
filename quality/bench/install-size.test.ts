import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closureBytes } from './install-size.ts'

const modules = join(import.meta.dirname, '..', '..', 'node_modules')

test('counts each dependency once', () => {
  const fastify = closureBytes([join(modules, 'fastify')])
  const pino = closureBytes([join(modules, 'pino')])
  expect(pino).toBeGreaterThan(0)
  expect(fastify).toBeGreaterThan(pino)
  expect(closureBytes([join(modules, 'fastify'), join(modules, 'pino')])).toBe(fastify)
})
