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
