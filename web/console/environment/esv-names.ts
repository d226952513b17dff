/** `my.name`, `esv.my.name` and `esv-my-name` as the id `esv-my-name`. The server validates it. */
export function idOf(typed: string): string {
  const name = typed
    .trim()
    .toLowerCase()
    .replace(/^&\{(.*)\}$/, '$1')
    .replace(/^esv[.-]/, '')
    .replaceAll('.', '-')
  return `esv-${name}`
}

/** `esv-my-name` as settings write it: `esv.my.name`. */
export function nameInSettings(id: string): string {
  return id.replaceAll('-', '.')
}

/** `ESV_MY_NAME` of the process as settings write it: `esv.my.name`. */
export function nameOfVariable(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '.')
}

/** The variable of the process with the same name: `esv-my-name` is `ESV_MY_NAME`. */
export function variableOfId(id: string): string {
  return id.toUpperCase().replaceAll('-', '_')
}

export function placeholderOf(name: string): string {
  return `&{${name}}`
}

/** Whether placeholders never read it: keys of scripts and passwords of directories. */
export function isReserved(id: string): boolean {
  return /^ESV_(?:SCRIPTED_NODE|DIRECTORY)_/.test(variableOfId(id))
}
