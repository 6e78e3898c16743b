{# Data as a classic script, since a page read from disk may load a script but no JSON. Wants variable, value. #}
window.{{ variable }} = {{ value }};
