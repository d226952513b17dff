/**
 * Converts metrics to the format of AM's older endpoint: the sums of AM's metrics end in `_total` there, and in `_sum` at the
 * newer endpoint. Sidegate's own metrics are the same at both. Source: "Monitor with Prometheus".
 */
export function withTotals(text: string): string {
  return text.replaceAll(/^(# (?:HELP|TYPE) )?(am_\w+)_sum\b/gm, '$1$2_total')
}
