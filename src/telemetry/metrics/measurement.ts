/**
 * A count or a duration that a node of a journey measured. An administrator chooses the `key`, such as `sign.ups`.
 * Sources: "Meter node" and "Timer Stop node".
 */
export type Measurement = { kind: 'count'; key: string } | { kind: 'time'; key: string; seconds: number }
