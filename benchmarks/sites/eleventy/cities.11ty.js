import { indexOf } from "./_includes/terms.js";

export const { data, render } = indexOf("cities", "Cities");
