/** The size of the gate's box in pixels, and which way text runs in it. */
export type GateBox = { width: number; height: number; isRightToLeft: boolean }

/** How far the corners are rounded, and how far the stages stand off the posts. */
const shoulder = 36
const padding = 12
const stages = 5

/**
 * The gate's line: up the near post, along the lintel with its beads, down the far post. The near post is where
 * reading begins.
 * @param place beads from 1; 0 lights nothing, 5 the whole line up to the last bead's ground.
 */
export function gatePath({ width, height, isRightToLeft }: GateBox, place: number) {
  const radius = Math.min(shoulder, height / 2)
  const x = (from: number) => (isRightToLeft ? width - from : from)
  const sweep = isRightToLeft ? 0 : 1
  const near = `M${x(0)} ${height}V${radius}A${radius} ${radius} 0 0 ${sweep} ${x(radius)} 0`
  const track = `${near}H${x(width - radius)}A${radius} ${radius} 0 0 ${sweep} ${x(width)} ${radius}V${height}`
  const offsets = Array.from(
    { length: stages },
    (_, index) => padding + ((width - 2 * padding) * (index + 0.5)) / stages,
  )
  const lit = place <= 0 ? undefined : place >= stages ? track : `${near}H${x(offsets[place - 1] ?? 0)}`
  return { track, lit, beads: offsets.map(x) }
}
