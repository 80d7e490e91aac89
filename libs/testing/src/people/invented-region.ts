/**
 * Region codes that GB/T 2260 never assigned: no province begins with 99. Every invented person and unit lives here,
 * so that no id of a living person can come out of this folder.
 */
export const inventedRegions = {
  /** 甲省, and its city 甲市 with two counties. */
  province: '990000',
  city: '990100',
  county: '990101',
  neighbour: '990102',
  /** A city of another province: sees nothing of 甲省. */
  elsewhere: '980201',
} as const;
