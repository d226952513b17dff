/** Variables that nodes may not read: keys for the `secrets` script binding, and directory passwords. */
export const reservedVariable = /^ESV_(?:SCRIPTED_NODE|DIRECTORY)_/

/**
 * The environment variable of a secret label: `my.captcha-key` is `ESV_MY_CAPTCHA_KEY`.
 *
 * Rights are checked on the variable, not on the label: several labels map to one variable.
 * @returns undefined for an invalid label. Labels are ASCII, because other letters, such as U+0131, can have an
 * ASCII letter as their upper case.
 */
export function variableOf(label: string): string | undefined {
  // rule S07: otherwise labels are compared before they are mapped, and need not be ASCII
  return /^[\w.-]+$/.test(label) ? `ESV_${label.toUpperCase().replace(/[.-]/g, '_')}` : undefined
}

/** Reads secrets by label. @param values environment variables */
export function secretLabels(values: Readonly<Record<string, string | undefined>>) {
  return (label: string): string | undefined => {
    const variable = variableOf(label)
    if (variable === undefined || !Object.hasOwn(values, variable)) return undefined
    return values[variable] || undefined
  }
}

/** Limits labels to those that nodes may read: journey authors choose where a node sends a secret. */
export function labelsForNodes(named: (label: string) => string | undefined): typeof named {
  return (label) => {
    const variable = variableOf(label)
    // rule S07: otherwise nodes read secrets of directories and of scripts
    return variable === undefined || reservedVariable.test(variable) ? undefined : named(label)
  }
}
