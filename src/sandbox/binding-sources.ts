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
  'device-profiles',
  'http-client',
  'system-env',
  'bytes',
  'crypto',
  'require',
  'java-lang',
  'secrets',
  'jwt',
  'legacy-callbacks',
  'legacy-http',
  'legacy-action',
  'profiles',
] as const

/** What few scripts name: loaded in a run, when the script first asks for a package that is in it. */
const namesOnDemand = ['java-util', 'java-jose'] as const

/** Reads the guest side of the bindings: text that runs inside the sandbox, never here. */
export async function readBindings(): Promise<{ bindings: BindingSource[]; onDemand: BindingSource[] }> {
  const [bindings, onDemand] = await Promise.all([names, namesOnDemand].map(readAll))
  return { bindings: bindings ?? [], onDemand: onDemand ?? [] }
}

function readAll(parts: readonly string[]): Promise<BindingSource[]> {
  return Promise.all(
    parts.map(async (name) => ({
      name,
      source: await readFile(new URL(`./bindings/${name}.js`, import.meta.url), 'utf8'),
    })),
  )
}
