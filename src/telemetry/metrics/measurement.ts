/**
 * What a node of a journey measured: one more of something, or how long something took. `key` is an administrator's,
 * such as `sign.ups`. Sources: "Meter node" and "Timer Stop node".
 */
export type Measurement = { kind: 'count'; key: string } | { kind: 'time'; key: string; seconds: number }
