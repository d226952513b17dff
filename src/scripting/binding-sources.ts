import { readFile } from 'node:fs/promises'
import type { BindingSource } from './worker/messages.ts'

/** In the order in which they are loaded: a part may use what the ones before put into the toolbox. */
const names = [
  'core',
  'java-values',
  'java-packages',
  'logger',
  'json-value',
  'node-state',
  'action',
  'callbacks',
  'callbacks-builder',
  'request',
  'identities',
  'managed-objects',
  'http-client',
  'system-env',
  'bytes',
  'crypto',
  'require',
  'java-lang',
  'java-util',
  'java-jose',
  'secrets',
  'jwt',
  'legacy-callbacks',
  'legacy-http',
  'legacy-action',
] as const

/** Reads the guest side of the bindings: text that runs inside the sandbox, never here. */
export function readBindings(): Promise<BindingSource[]> {
  return Promise.all(
    names.map(async (name) => ({
      name,
      source: await readFile(new URL(`./bindings/${name}.js`, import.meta.url), 'utf8'),
    })),
  )
}
