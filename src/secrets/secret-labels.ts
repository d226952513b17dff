/**
 * Secrets that nodes name by a label: `my.captcha-key` is the environment variable `ESV_MY_CAPTCHA_KEY`.
 * @param values environment variables
 */
export function secretLabels(values: Readonly<Record<string, string | undefined>>) {
  return (label: string): string | undefined => {
    const variable = `ESV_${label.toUpperCase().replace(/[.-]/g, '_')}`
    return (Object.hasOwn(values, variable) && values[variable]) || undefined
  }
}

/** Labels as nodes may use them: those by which the server signs in to directories are not for whoever writes journeys. */
export function labelsForNodes(named: (label: string) => string | undefined): typeof named {
  return (label) => (/^directory[._-]/i.test(label) ? undefined : named(label))
}
