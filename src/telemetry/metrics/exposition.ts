/**
 * The text as AM's older endpoint has it: what its metrics add up to ends in `_total` there and in `_sum` at the newer
 * one. Ours, which AM does not know, are the same at both. Source: "Monitor with Prometheus".
 */
export function withTotals(text: string): string {
  return text.replaceAll(/^(# (?:HELP|TYPE) )?(am_\w+)_sum\b/gm, '$1$2_total')
}
