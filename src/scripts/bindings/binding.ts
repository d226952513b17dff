/**
 * Members by signature, such as `get(key)` or `status`, each with one sentence of help. `→ name` names the type of its
 * result.
 */
export type Members = Readonly<Record<string, string>>

/** A name that scripts can read or set. */
export type Binding = {
  kind: 'object' | 'text' | 'boolean' | 'map' | 'list' | 'function' | 'variable'
  /** One sentence. */
  help: string
  /** Members of an object, and extra members of a map or list. */
  members?: Members
  /** Only for functions. */
  signature?: string
}

export type Bindings = Readonly<Record<string, Binding>>

export const object = (help: string, members: Members): Binding => ({ kind: 'object', help, members })
export const text = (help: string): Binding => ({ kind: 'text', help })
export const boolean = (help: string): Binding => ({ kind: 'boolean', help })
export const map = (help: string, members: Members = {}): Binding => ({ kind: 'map', help, members })
export const variable = (help: string): Binding => ({ kind: 'variable', help })
export const callable = (signature: string, help: string): Binding => ({ kind: 'function', help, signature })
