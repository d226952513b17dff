/** A straight line through points, by least squares. */
export type Line = { slope: number; start: number }

/** @returns slope and intercept (`start`); NaN if all points have the same `x`. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const middleX = mean(points.map(([x]) => x))
  const middleY = mean(points.map(([, y]) => y))
  const above = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0)
  const below = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0)
  const slope = above / below
  return { slope, start: middleY - slope * middleX }
}
