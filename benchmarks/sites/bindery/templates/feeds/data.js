{# What the search field offers while one types: no peer has it. #}
