import { readFile } from 'node:fs/promises'
import type { BindingSource } from './worker/messages.ts'

/** In load order: each part may use what earlier parts added to the toolbox. */
const names =
  'core dates sorting java-values java-packages logger json-value node-state action callbacks ' +
  'callbacks-builder request identities managed-objects device-profiles http-client system-env bytes ' +
  'crypto require java-lang secrets jwt legacy-callbacks legacy-http legacy-action profiles oauth'

/** Rarely used parts, loaded when a script first uses one of their packages. */
const namesOnDemand = 'java-util java-jose java-crypto java-time'

/** Reads the guest side of the bindings, which runs only inside the sandbox. */
export async function readBindings(): Promise<{ bindings: BindingSource[]; onDemand: BindingSource[] }> {
  const [bindings, onDemand] = await Promise.all([names, namesOnDemand].map(readAll))
  return { bindings: bindings ?? [], onDemand: onDemand ?? [] }
}

function readAll(parts: string): Promise<BindingSource[]> {
  return Promise.all(
    parts.split(' ').map(async (name) => ({
      name,
      source: await readFile(new URL(`./bindings/${name}.js`, import.meta.url), 'utf8'),
    })),
  )
}
