/** The size of the gate in pixels, and its text direction. */
export type GateBox = { width: number; height: number; isRightToLeft: boolean }

/** Pixels. */
const maxCornerRadius = 36
const padding = 12
const stages = 5

/**
 * Paths of the gate: up one post, along the top with one bead per stage, down the other post. Starts at the left, or at the
 * right in right-to-left text.
 * @param place the current stage: 0 lights nothing, 1 to 4 the path up to that bead, 5 the whole path.
 */
export function gatePath({ width, height, isRightToLeft }: GateBox, place: number) {
  const radius = Math.min(maxCornerRadius, height / 2)
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
