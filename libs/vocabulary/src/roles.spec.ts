import { administratorRoles, agencies, isRole, roles } from './roles';

describe('a role', () => {
  it('is known by its exact code only', () => {
    expect(['POLICE_OFFICER', 'police_officer', 'toString', ''].map(isRole)).toEqual([true, false, false, false]);
  });

  it('belongs to an agency of the joint conference, or to any', () => {
    expect(Object.values(roles).filter(({ agency }) => ![...agencies, 'any'].includes(agency))).toEqual([]);
  });

  it('has its own name in both languages', () => {
    const names = Object.values(roles);
    expect(new Set(names.flatMap(({ zh, en }) => [zh, en])).size).toBe(names.length * 2);
  });

  it('of an administrator is one of three, and belongs to any agency', () => {
    expect(administratorRoles.map((role) => roles[role].agency)).toEqual(['any', 'any', 'any']);
  });
});
