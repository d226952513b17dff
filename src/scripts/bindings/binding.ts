/** Members by signature, such as `get(key)` or `status`, each with one sentence. `→ name` says what it answers. */
export type Members = Readonly<Record<string, string>>

/** A name that scripts find, or set. */
export type Binding = {
  kind: 'object' | 'text' | 'boolean' | 'map' | 'list' | 'function' | 'variable'
  /** One sentence. */
  help: string
  /** Of an object, and of maps and lists that have more than all maps and lists. */
  members?: Members
  /** Of a function. */
  signature?: string
}

export type Bindings = Readonly<Record<string, Binding>>

export const object = (help: string, members: Members): Binding => ({ kind: 'object', help, members })
export const text = (help: string): Binding => ({ kind: 'text', help })
export const boolean = (help: string): Binding => ({ kind: 'boolean', help })
export const map = (help: string, members: Members = {}): Binding => ({ kind: 'map', help, members })
export const variable = (help: string): Binding => ({ kind: 'variable', help })
export const callable = (signature: string, help: string): Binding => ({ kind: 'function', help, signature })
